/** What a suspension's messages are about. */
export function suspensionSubject(id: string): string {
  return `suspension:${id}`;
}
