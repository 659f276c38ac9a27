import { RefusedError } from "../../health/refusal.ts";

/** Reads what not every token may read: where it may not, nothing is known of it. */
export async function whereAllowed<T>(read: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof RefusedError && (error.refusal.httpStatus === 403 || error.refusal.httpStatus === 404)) return otherwise;
    throw error;
  }
}
