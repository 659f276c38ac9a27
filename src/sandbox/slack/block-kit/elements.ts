import {
  choiceOption,
  confirmDialog,
  conversationFilter,
  dispatchActionConfig,
  identifier,
  optionGroup,
  overflowOption,
  placeholder,
  plainText,
  selectOption,
  slackFile,
} from "./composition.ts";
import { richTextBlock } from "./rich-text.ts";
import {
  also,
  atLeastOneOf,
  byType,
  choice,
  exactlyOneOf,
  fault,
  flag,
  list,
  number,
  object,
  type Shape,
  text,
  url,
} from "./shape.ts";

/** Limits of elements: https://docs.slack.dev/reference/block-kit/block-elements */
const interactive = { "action_id?": identifier, "focus_on_load?": flag() };
const confirmed = { ...interactive, "confirm?": confirmDialog };
const prompted = { ...confirmed, "placeholder?": placeholder };
const typed = { ...interactive, "dispatch_action_config?": dispatchActionConfig, "placeholder?": placeholder };
const several = { "max_selected_items?": number({ min: 1, integer: true }) };
export const options = {
  "options?": list(selectOption, { min: 1, max: 100 }),
  "option_groups?": list(optionGroup, { min: 1, max: 100 }),
};
const queried = { "min_query_length?": number({ min: 0, integer: true }) };
const userId = text({ pattern: /^[UW][A-Z0-9]+$/ });
const channelId = text({ pattern: /^[CG][A-Z0-9]+$/ });
const numeral = text({ pattern: /^-?\d+(\.\d+)?$/ });

export const button = object({
  type: choice("button"),
  text: plainText(75),
  "action_id?": identifier,
  "url?": url(),
  "value?": text({ max: 2000 }),
  "style?": choice("primary", "danger"),
  "confirm?": confirmDialog,
  "accessibility_label?": text({ max: 75 }),
});

export const image = also(
  object({ type: choice("image"), alt_text: text(), "image_url?": url(), "slack_file?": slackFile }),
  exactlyOneOf("image_url", "slack_file"),
);

const checkboxes = object({
  type: choice("checkboxes"),
  ...confirmed,
  options: list(choiceOption, { min: 1, max: 10 }),
  "initial_options?": list(choiceOption, { min: 1 }),
});

const radioButtons = object({
  type: choice("radio_buttons"),
  ...confirmed,
  options: list(choiceOption, { min: 1, max: 10 }),
  "initial_option?": choiceOption,
});

const overflow = object({
  type: choice("overflow"),
  "action_id?": identifier,
  "confirm?": confirmDialog,
  options: list(overflowOption, { min: 1, max: 5 }),
});

const datePicker = object({
  type: choice("datepicker"),
  ...prompted,
  "initial_date?": text({ pattern: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/ }),
});

const timePicker = object({
  type: choice("timepicker"),
  ...prompted,
  "initial_time?": text({ pattern: /^([01]\d|2[0-3]):[0-5]\d$/ }),
  "timezone?": text(),
});

const dateTimePicker = object({
  type: choice("datetimepicker"),
  ...confirmed,
  "initial_date_time?": number({ min: 0, max: 9_999_999_999, integer: true }),
});

const selects: Readonly<Record<string, Shape>> = {
  static_select: also(
    object({ type: choice("static_select"), ...prompted, ...options, "initial_option?": selectOption }),
    exactlyOneOf("options", "option_groups"),
  ),
  multi_static_select: also(
    object({
      type: choice("multi_static_select"),
      ...prompted,
      ...several,
      ...options,
      "initial_options?": list(selectOption, { min: 1 }),
    }),
    exactlyOneOf("options", "option_groups"),
  ),
  external_select: object({ type: choice("external_select"), ...prompted, ...queried, "initial_option?": selectOption }),
  multi_external_select: object({
    type: choice("multi_external_select"),
    ...prompted,
    ...queried,
    ...several,
    "initial_options?": list(selectOption, { min: 1 }),
  }),
  users_select: object({ type: choice("users_select"), ...prompted, "initial_user?": userId }),
  multi_users_select: object({
    type: choice("multi_users_select"),
    ...prompted,
    ...several,
    "initial_users?": list(userId, { min: 1 }),
  }),
  conversations_select: object({
    type: choice("conversations_select"),
    ...prompted,
    "initial_conversation?": text(),
    "default_to_current_conversation?": flag(),
    "response_url_enabled?": flag(),
    "filter?": also(conversationFilter, atLeastOneOf("include", "exclude_external_shared_channels", "exclude_bot_users")),
  }),
  multi_conversations_select: object({
    type: choice("multi_conversations_select"),
    ...prompted,
    ...several,
    "initial_conversations?": list(text(), { min: 1 }),
    "default_to_current_conversation?": flag(),
    "filter?": also(conversationFilter, atLeastOneOf("include", "exclude_external_shared_channels", "exclude_bot_users")),
  }),
  channels_select: object({
    type: choice("channels_select"),
    ...prompted,
    "initial_channel?": channelId,
    "response_url_enabled?": flag(),
  }),
  multi_channels_select: object({
    type: choice("multi_channels_select"),
    ...prompted,
    ...several,
    "initial_channels?": list(channelId, { min: 1 }),
  }),
};

const textInput = also(
  object({
    type: choice("plain_text_input"),
    ...typed,
    "initial_value?": text({ min: 0, max: 3000 }),
    "multiline?": flag(),
    "min_length?": number({ min: 0, max: 3000, integer: true }),
    "max_length?": number({ min: 1, max: 3000, integer: true }),
  }),
  (value, pointer, faults) => {
    const { min_length: min, max_length: max } = value;
    if (typeof min === "number" && typeof max === "number" && min > max) fault(faults, "min_length exceeds max_length", pointer);
  },
);

const inputsOnly: Readonly<Record<string, Shape>> = {
  plain_text_input: textInput,
  email_text_input: object({ type: choice("email_text_input"), ...typed, "initial_value?": text({ min: 0 }) }),
  url_text_input: object({ type: choice("url_text_input"), ...typed, "initial_value?": text({ min: 0 }) }),
  number_input: object({
    type: choice("number_input"),
    ...typed,
    is_decimal_allowed: flag(),
    "initial_value?": numeral,
    "min_value?": numeral,
    "max_value?": numeral,
  }),
  rich_text_input: object({ type: choice("rich_text_input"), ...typed, action_id: identifier, "initial_value?": richTextBlock }),
  file_input: object({
    type: choice("file_input"),
    "action_id?": identifier,
    "filetypes?": list(text(), { min: 1 }),
    "max_files?": number({ min: 1, max: 10, integer: true }),
  }),
};

const everywhere: Readonly<Record<string, Shape>> = {
  checkboxes,
  radio_buttons: radioButtons,
  datepicker: datePicker,
  timepicker: timePicker,
  ...selects,
};

export const actionsElement = byType({ ...everywhere, button, overflow, datetimepicker: dateTimePicker });

export const accessory = byType({ ...everywhere, button, overflow, image });

export const inputElement = byType({ ...everywhere, ...inputsOnly, datetimepicker: dateTimePicker });
