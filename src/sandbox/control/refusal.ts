/** A control call that can't be done: 400 for a wrong one, 404 for something that isn't there. */
export class ControlRefusal extends Error {
  override readonly name = "ControlRefusal";
  readonly status: 400 | 404;

  constructor(status: 400 | 404, message: string) {
    super(message);
    this.status = status;
  }
}
