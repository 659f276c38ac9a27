import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import type { NativeSync } from "../native-sync/native-sync.ts";
import { ControlRefusal } from "../slack/control/refusal.ts";
import type { SlackService } from "../slack/service.ts";
import type { World } from "../world/world.ts";
import { readAssets } from "./assets.ts";
import { type Reader, readerClock } from "./blocks/reader.ts";
import { createFeedRenderer } from "./feed.ts";
import { textOfFile } from "./file.ts";
import { type CommandHint, commandHints } from "./hints.ts";
import { recordPage } from "./record.ts";
import { RECORD_OBJECTS, recordTable } from "./records.ts";
import { type RenderedHome, type RenderedModal, renderHome, renderModal } from "./view.ts";

/** What the stream tells of. */
export type { SlackChange } from "../slack/workspace/model.ts";

export interface PageParts {
  readonly slack: SlackService;
  readonly world: World;
  readonly sync: NativeSync;
}

/** What the sidebar shows. */
export interface WorkspaceAnswer {
  readonly team: { readonly name: string };
  readonly users: readonly {
    readonly id: string;
    readonly name: string;
    readonly tz: string;
    readonly role: string;
    readonly locale: string;
  }[];
  readonly channels: readonly {
    readonly id: string;
    readonly name: string;
    /** Of the newest message that everyone in it sees; "0" for none. */
    readonly latest: string;
  }[];
  /** Where the app writes to this person alone. */
  readonly direct: { readonly id: string; readonly latest: string };
  readonly recordObjects: typeof RECORD_OBJECTS;
}

export type MessagesAnswer = ReturnType<ReturnType<typeof createFeedRenderer>> & { readonly hints: readonly CommandHint[] };

export interface ViewsAnswer {
  readonly modal: RenderedModal | null;
  readonly home: RenderedHome | null;
}

/** What the sandbox's people may do, as its configuration gives it; shown beside their names. */
const ROLES: Readonly<Record<string, string>> = { U0ADMIN: "admin", U0OPERATOR: "operator", U0VIEWER: "viewer" };

/**
 * The sandbox's page at `/`, with what it needs under `/page`: the workspace rendered as HTML. All that people do in it
 * goes through the control paths under `/sandbox`.
 */
export function createPage({ slack, world, sync }: PageParts): Hono {
  const app = new Hono();
  const assets = readAssets();
  const { control, workspace } = slack;
  const renderFeed = createFeedRenderer((id) => workspace.files.get(id)?.content ?? null);

  const headers = secureHeaders({
    strictTransportSecurity: false,
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      // Charts bring their colours in style attributes.
      styleSrcAttr: ["'unsafe-inline'"],
      imgSrc: ["'self'", "data:", "https:"],
      connectSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
  });
  app.use("/", headers);
  app.use("/page/*", headers);

  for (const [path, { type, body }] of assets) {
    app.get(path, (c) => c.body(body, 200, { "content-type": type, "cache-control": "no-cache" }));
  }

  function reader(query: Readonly<Record<string, string>>): Reader {
    const now = new Date(workspace.now());
    return {
      users: control.users().map(({ id, real_name }) => ({ id, name: real_name })),
      channels: control.channels().map(({ id, name, kind }) => ({ id, name, kind })),
      userGroups: [...workspace.userGroups.values()].map(({ id, handle }) => ({ id, name: handle })),
      clock: readerClock(query.tz, { person: workspace.users.get(query.user ?? "")?.locale, browser: query.locale }, now),
    };
  }

  app.get("/page/workspace", (c) => {
    const user = c.req.query("user") ?? "U0ADMIN";
    if (!workspace.users.has(user)) throw new ControlRefusal(404, `There is no user ${user}.`);
    const direct = workspace.directChannel(user).id;
    const answer: WorkspaceAnswer = {
      team: { name: workspace.team.name },
      users: control
        .users()
        .filter(({ is_bot }) => !is_bot)
        .map(({ id, real_name, tz, locale }) => ({ id, name: real_name, tz, role: ROLES[id] ?? "member", locale })),
      channels: control
        .channels(user)
        .filter(({ kind, is_archived }) => kind !== "im" && !is_archived)
        .map(({ id, name }) => ({ id, name, latest: latestIn(id, user) })),
      direct: { id: direct, latest: latestIn(direct, user) },
      recordObjects: RECORD_OBJECTS,
    };
    return c.json(answer);
  });

  function latestIn(channel: string, user: string): string {
    return control.messages(channel, user).findLast(({ thread_ts }) => thread_ts === null)?.ts ?? "0";
  }

  app.get("/page/messages", (c) => {
    const query = c.req.query();
    const messages = control.messages(query.channel ?? "", query.user ?? "");
    const answer: MessagesAnswer = {
      ...renderFeed(messages, query.thread ?? null, reader(query)),
      hints: commandHints(messages),
    };
    return c.json(answer);
  });

  app.get("/page/views", (c) => {
    const query = c.req.query();
    const { modal, home } = control.views(query.user ?? "");
    const answer: ViewsAnswer = {
      modal: modal === null ? null : renderModal(modal, reader(query)),
      home: home === null ? null : renderHome(home, reader(query)),
    };
    return c.json(answer);
  });

  app.get("/page/files/:id", (c) => {
    const file = workspace.files.get(c.req.param("id"));
    if (file === undefined) return c.json({ error: "There is no such file." }, 404);
    const named = `filename*=UTF-8''${encodeURIComponent(file.name)}`;
    if (c.req.query("download") === undefined) {
      return c.body(textOfFile(file.content), 200, {
        "content-type": "text/plain; charset=utf-8",
        "content-disposition": `inline; ${named}`,
      });
    }
    return c.body(new Uint8Array(file.content), 200, {
      "content-type": "application/octet-stream",
      "content-disposition": `attachment; ${named}`,
    });
  });

  app.get("/page/records/:system/:object", (c) => {
    const { system, object } = c.req.param();
    const table = recordTable(world, system, object, c.req.query("search") ?? "");
    return table === null ? c.json({ error: `There is no table of ${system} ${object}.` }, 404) : c.json(table);
  });

  app.get("/page/record/:system/:object/:id", (c) => {
    const { system, object, id } = c.req.param();
    const page = recordPage(world, sync, system, object, id);
    return page === null ? c.json({ error: `There is no ${object} record ${id} (any more).` }, 404) : c.json(page);
  });

  app.onError((error, c) => {
    if (error instanceof ControlRefusal) return c.json({ error: error.message }, error.status);
    console.error(error);
    return c.json({ error: `The page failed: ${error.message}` }, 500);
  });
  return app;
}
