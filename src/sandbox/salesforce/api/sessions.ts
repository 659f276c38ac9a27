import { randomBytes } from "node:crypto";
import type { OrgUser } from "../model.ts";
import type { OrgData } from "../org-data.ts";

/** An external client app (or connected app) that may log in to the org. */
export interface ConnectedClient {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Its name, as event logs show it. */
  readonly app: string;
  /** Username of the Run As user of the client-credentials flow; the integration user without it. */
  readonly runAs?: string;
  /** PEM (SPKI) that JWT-bearer assertions must be signed for. Without it the flow is refused. */
  readonly publicKey?: string;
  /** A refresh token handed out earlier. */
  readonly refreshToken?: string;
}

export interface Session {
  readonly user: OrgUser;
  readonly app: string;
  readonly generation: number;
}

/** Access tokens that the org has issued. */
export interface Sessions {
  begin(user: OrgUser, app: string): string;
  /** Null where the token is unknown, revoked, or its user may no longer log in. */
  find(token: string): Session | null;
  end(token: string): void;
}

export function createSessions(data: OrgData): Sessions {
  const sessions = new Map<string, Session>();
  return {
    begin(user, app) {
      const token = `${data.organizationId.slice(0, 15)}!${randomBytes(60).toString("base64url")}`;
      sessions.set(token, { user, app, generation: data.access.generation });
      return token;
    },
    find(token) {
      const session = sessions.get(token);
      if (session === undefined || !session.user.isActive) return null;
      // Revoking takes the integration user's sessions alone.
      if (session.user === data.integrationUser && session.generation !== data.access.generation) return null;
      return session;
    },
    end(token) {
      sessions.delete(token);
    },
  };
}
