/** Why a person cannot do what a control call asks: 400 for a wrong call, 404 for something that isn't there. */
export class ControlRefusal extends Error {
  readonly status: 400 | 404;
  readonly detail: Readonly<Record<string, unknown>>;

  constructor(status: 400 | 404, message: string, detail: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = "ControlRefusal";
    this.status = status;
    this.detail = detail;
  }
}
