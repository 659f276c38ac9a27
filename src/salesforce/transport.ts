import { PassThrough } from "node:stream";
import { Transport } from "jsforce/lib/transport.js";
import type { HttpRequest, HttpRequestOptions, HttpResponse } from "jsforce/lib/types/common.js";
import { StreamPromise } from "jsforce/lib/util/promise.js";
import { RefusedError } from "../health/refusal.ts";
import { isWebPage, refusalOfAnswer, refusalOfFailure } from "./refusal.ts";

export interface TransportOptions {
  /** How long an answer may take to its last byte where the request names no time of its own, in milliseconds. */
  readonly timeoutMs: number;
  /** What must never be seen in a refusal: passwords, keys, the session. */
  readonly secrets: () => readonly string[];
  /** Told of the headers of every answer. */
  readonly onHeaders: (headers: Headers) => void;
}

/**
 * How jsforce reaches Salesforce here. Its own transport retries behind our back, bounds only the time to the headers,
 * ends the process when a connection breaks in the middle of a body, and loses the HTTP status of errors; this one
 * turns every answer that refuses into a `RefusedError` before jsforce sees it.
 */
export class RefusingTransport extends Transport {
  readonly #options: TransportOptions;

  constructor(options: TransportOptions) {
    super();
    this.#options = options;
  }

  override httpRequest(request: HttpRequest, options: HttpRequestOptions = {}): StreamPromise<HttpResponse> {
    return StreamPromise.create(() => ({ stream: new PassThrough(), promise: this.#exchange(request, options.timeout) }));
  }

  /** The body of an answer as it arrives, for files too large to hold. */
  async *stream(request: HttpRequest, timeoutMs = this.#options.timeoutMs): AsyncIterable<Uint8Array> {
    const response = await this.#send(request, timeoutMs);
    if (!response.ok) throw await this.#refused(response, request, timeoutMs);
    try {
      for await (const chunk of response.body ?? []) yield chunk;
    } catch (error) {
      throw failure(error, request, timeoutMs);
    }
  }

  async #exchange(request: HttpRequest, timeoutMs = this.#options.timeoutMs): Promise<HttpResponse> {
    const response = await this.#send(request, timeoutMs);
    if (!response.ok) throw await this.#refused(response, request, timeoutMs);
    const body = await text(response, request, timeoutMs);
    const answer = { status: response.status, contentType: response.headers.get("content-type") ?? "", body };
    if (isWebPage(answer)) throw new RefusedError(refusalOfAnswer(answer));
    return { statusCode: response.status, headers: Object.fromEntries(response.headers), body };
  }

  async #send(request: HttpRequest, timeoutMs: number): Promise<Response> {
    const { url, method, headers, body } = request;
    try {
      const response = await fetch(url, {
        method,
        // The length is fetch's to set.
        headers: Object.entries(headers ?? {}).filter(([name]) => name.toLowerCase() !== "content-length"),
        ...(typeof body === "string" ? { body } : {}),
        signal: AbortSignal.timeout(timeoutMs),
      });
      this.#options.onHeaders(response.headers);
      return response;
    } catch (error) {
      throw failure(error, request, timeoutMs);
    }
  }

  async #refused(response: Response, request: HttpRequest, timeoutMs: number): Promise<RefusedError> {
    let body = await text(response, request, timeoutMs);
    for (const secret of this.#options.secrets()) body = body.replaceAll(secret, "[secret]");
    const contentType = response.headers.get("content-type") ?? "";
    return new RefusedError(refusalOfAnswer({ status: response.status, contentType, body }));
  }
}

async function text(response: Response, request: HttpRequest, timeoutMs: number): Promise<string> {
  try {
    return await response.text();
  } catch (error) {
    throw failure(error, request, timeoutMs);
  }
}

function failure(error: unknown, request: HttpRequest, timeoutMs: number): RefusedError {
  return new RefusedError(refusalOfFailure(error, new URL(request.url).host, timeoutMs), { cause: error });
}
