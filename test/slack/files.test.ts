import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { WebClient } from "@slack/web-api";
import { afterEach, describe, expect, test } from "vitest";
import { createSlackFiles, filesOf, type SlackFile } from "../../src/slack/files.ts";

const TOKEN = "xoxb-test-token";
const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function serve(listener: RequestListener): Promise<{ readonly url: string; readonly asked: IncomingMessage[] }> {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  servers.push(server);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

async function read(url: string, file: SlackFile): Promise<string> {
  const slack = new WebClient(TOKEN, { slackApiUrl: `${url}/api/`, retryConfig: { retries: 0 } });
  const pieces: Uint8Array[] = [];
  for await (const piece of createSlackFiles(slack, { apiUrl: `${url}/api/`, botToken: TOKEN }).download(file))
    pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

describe("a file in Slack", () => {
  test("is fetched with the bot's token, through redirects within Slack too", async () => {
    const slack = await serve((request, response) => {
      if (request.url === "/files/old") response.writeHead(302, { location: "/files/new" }).end();
      else response.end("a,b");
    });
    expect(await read(slack.url, { id: "F1", url_private_download: `${slack.url}/files/old` })).toBe("a,b");
    expect(slack.asked.map(({ headers }) => headers.authorization)).toEqual([`Bearer ${TOKEN}`, `Bearer ${TOKEN}`]);
  });

  test("the token goes nowhere else: not to a link's host, not along a redirect", async () => {
    const elsewhere = await serve((_, response) => response.end("stolen"));
    const slack = await serve((_, response) => response.writeHead(302, { location: `${elsewhere.url}/x` }).end());
    await expect(read(slack.url, { id: "F1", url_private_download: `${slack.url}/files/1` })).rejects.toThrow(
      /which is not Slack's/,
    );
    await expect(read(slack.url, { id: "F1", url_private_download: `${elsewhere.url}/x` })).rejects.toThrow(
      /which is not Slack's/,
    );
    for (const host of ["files.slack.com.example.org", "evilslack.com", "127.0.0.1"]) {
      const url = `http://${host}/x`;
      await expect(read(slack.url, { id: "F1", url_private_download: url })).rejects.toThrow(/which is not Slack's/);
    }
    expect(elsewhere.asked).toEqual([]);
  });

  test("that is too large, gone, a link, or behind the sign-in page is refused in words", async () => {
    const slack = await serve((request, response) => {
      if (request.url === "/page") response.writeHead(200, { "content-type": "text/html" }).end("<!DOCTYPE html>");
      else if (request.url === "/round") response.writeHead(302, { location: "/round" }).end();
      else response.writeHead(404).end();
    });
    const at = (path: string) => ({ id: "F1", url_private_download: `${slack.url}${path}` });
    await expect(read(slack.url, { ...at("/page"), size: 51 * 1024 * 1024 })).rejects.toThrow(/larger than 50 MB/);
    expect(slack.asked).toEqual([]);
    await expect(read(slack.url, { ...at("/page"), mode: "tombstone" })).rejects.toThrow(/no longer has the file/);
    await expect(read(slack.url, { ...at("/page"), mode: "external" })).rejects.toThrow(/is a link/);
    await expect(read(slack.url, at("/page"))).rejects.toThrow(/lacks the scope files:read/);
    await expect(read(slack.url, at("/gone"))).rejects.toThrow(/no longer has the file/);
    await expect(read(slack.url, at("/round"))).rejects.toThrow(/one address to the next/);
  });

  test("messages whose files make no sense have none", () => {
    expect(filesOf({})).toEqual([]);
    expect(filesOf({ files: "no" })).toEqual([]);
    expect(filesOf({ files: [{ id: "F1", name: "a.csv", size: 3, mode: "hosted" }] })).toMatchObject([
      { id: "F1", name: "a.csv" },
    ]);
  });
});
