import type { AppErrorCode } from "../wire/error.ts";
import { text } from "./text.ts";

/** Every code that a failed call may carry. */
export type FailureCode = AppErrorCode | "offline" | "identity-changed" | "file-lost";

/** The words for a reason why a call failed. */
export function failureText(code: FailureCode): string {
	return text(`error.${code}`);
}
