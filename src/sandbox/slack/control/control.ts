import type { SlackContext } from "../context.ts";
import { type ActionOutcome, type ActionRequest, act } from "./action.ts";
import { type CommandOutcome, type CommandRequest, typeCommand } from "./command.ts";
import { changeLocale } from "./locale.ts";
import { channelsOf, filesOf, messagesOf, type SeenChannel, type SeenFile, type SeenUser, usersOf } from "./read.ts";
import type { SeenMessage } from "./seen.ts";
import { say, shareFile, type UploadRequest, uploadFile, useShortcut } from "./share.ts";
import { type SubmitAnswer, type SubmitRequest, submitView } from "./submit.ts";
import { type Suggestions, type SuggestRequest, suggest } from "./suggest.ts";
import { closeView, type OpenViews, openHome, openViews } from "./views.ts";

/** What people do and see in the local Slack. Every call throws a ControlRefusal where a person could not do it. */
export interface SlackControl {
  command(request: CommandRequest): Promise<CommandOutcome>;
  action(request: ActionRequest): Promise<ActionOutcome>;
  submit(request: SubmitRequest): Promise<SubmitAnswer>;
  close(request: Parameters<typeof closeView>[1]): ReturnType<typeof closeView>;
  home(request: Parameters<typeof openHome>[1]): ReturnType<typeof openHome>;
  locale(request: Parameters<typeof changeLocale>[1]): ReturnType<typeof changeLocale>;
  suggest(request: SuggestRequest): Promise<Suggestions>;
  upload(request: UploadRequest): ReturnType<typeof uploadFile>;
  file(request: Parameters<typeof shareFile>[1]): ReturnType<typeof shareFile>;
  say(request: Parameters<typeof say>[1]): ReturnType<typeof say>;
  shortcut(request: Parameters<typeof useShortcut>[1]): ReturnType<typeof useShortcut>;
  messages(channel: string, user: string): readonly SeenMessage[];
  views(user: string): OpenViews;
  files(user: string): readonly SeenFile[];
  users(): readonly SeenUser[];
  channels(user?: string): readonly SeenChannel[];
}

export function createControl(context: SlackContext): SlackControl {
  return {
    command: (request) => typeCommand(context, request),
    action: (request) => act(context, request),
    submit: (request) => submitView(context, request),
    close: (request) => closeView(context, request),
    home: (request) => openHome(context, request),
    locale: (request) => changeLocale(context, request),
    suggest: (request) => suggest(context, request),
    upload: (request) => uploadFile(context, request),
    file: (request) => shareFile(context, request),
    say: (request) => say(context, request),
    shortcut: (request) => useShortcut(context, request),
    messages: (channel, user) => messagesOf(context, user, channel),
    views: (user) => openViews(context, user),
    files: (user) => filesOf(context, user),
    users: () => usersOf(context),
    channels: (user) => channelsOf(context, user),
  };
}
