/**
 * An address of the web in one form: scheme and host in lower case, no default port, no slash alone for a path (equal by RFC 3986,
 * section 6.2); without a scheme, as people type it, it is one of the web. Null where it is no such address. What follows the
 * host keeps its letters: there they matter.
 */
export function readWebAddress(text: string): string | null {
  if (/\s/.test(text)) return null;
  const [, scheme, rest = ""] = /^(https?):\/\/(.+)$/i.exec(text) ?? [null, undefined, text];
  const [, host = "", port = "", path = ""] = /^([^/?#:@]+)(:\d+)?([/?#].*)?$/.exec(rest) ?? [];
  if (!/^[^.]+(?:\.[^.]+)+$/.test(host)) return null;
  const standard = scheme?.toLowerCase() === "https" ? ":443" : ":80";
  return `${scheme?.toLowerCase() ?? ""}//${host.toLowerCase()}${port === standard ? "" : port}${path === "/" ? "" : path}`;
}

/** Whether two texts are the same address; one without a scheme is that of either. Null where one is no address. */
export function sameWebAddress(left: string, right: string): boolean | null {
  const [first, second] = [readWebAddress(left), readWebAddress(right)];
  if (first === null || second === null) return null;
  const bare = (address: string) => address.slice(address.indexOf("//"));
  return first === second || ((first.startsWith("//") || second.startsWith("//")) && bare(first) === bare(second));
}
