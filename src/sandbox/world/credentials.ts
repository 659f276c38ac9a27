/** What a bot joins the sandbox with. Worth nothing anywhere else. */
export const CREDENTIALS = {
  slack: {
    botToken: "xoxb-sandbox-bot-token",
    appToken: "xapp-sandbox-app-token",
    signingSecret: "sandbox-signing-secret",
  },
  salesforce: { clientId: "sandbox-client-id", clientSecret: "sandbox-client-secret", app: "Syncwarden" },
  salesforcePassword: "sandbox-password",
  hubspotToken: "pat-na1-sandbox-token",
} as const;
