/** What the messages about an audit have in common. */
export function auditSubject(requestId: string): string {
  return `audit:${requestId}`;
}
