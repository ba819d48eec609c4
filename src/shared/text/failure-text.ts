import type { AppErrorCode } from "../wire/error.ts";
import { text } from "./text.ts";

/** The words for a reason why a call failed. */
export function failureText(code: AppErrorCode | "offline"): string {
	return text(`error.${code}`);
}
