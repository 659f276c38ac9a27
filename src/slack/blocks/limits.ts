/** Slack's limits on messages and views, from its Block Kit and chat.postMessage reference; lengths in characters. */
export const LIMITS = {
  messageBlocks: 50,
  viewBlocks: 100,
  /**
   * All text of a message's blocks together, each block counted as `blockCharacters` more. Slack names no figure: people have
   * seen 9,600 characters in 50 blocks taken and 11,300 in 45 refused (`msg_blocks_too_long`).
   */
  messageCharacters: 11_000,
  blockCharacters: 30,
  /** The `text` of a message: Slack advises 4,000 and cuts at 40,000. */
  messageText: 3_000,
  sectionText: 3_000,
  headerText: 150,
  contextElements: 10,
  actionsElements: 25,
  buttonText: 75,
  buttonValue: 2_000,
  url: 3_000,
  actionId: 255,
  selectOptions: 100,
  optionText: 75,
  placeholder: 150,
  /** Labels and hints of inputs. */
  label: 2_000,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  modalTitle: 24,
  modalButton: 24,
  privateMetadata: 3_000,
  chartTitle: 50,
  chartPoints: 20,
  chartLabel: 20,
} as const;
