import "../../shared/text/en/every-screen.ts";
import { text } from "../../shared/text/text.ts";
import type { WireEvent } from "../../shared/wire/event.ts";
import { bodyOf, isPicture, isVerificationRequest } from "./event-content.ts";

/** A message in a line, where it is named and not shown: a picture says that it is one. undefined as for `bodyOf`. */
export function wordsOf(event: WireEvent): string | undefined {
	if (isVerificationRequest(event)) return text("room.verification");
	const body = bodyOf(event);
	return isPicture(event) ? photoWords(body ?? "") : body;
}

/** A picture in a line. */
export function photoWords(caption: string): string {
	return caption === "" ? text("room.photo") : text("room.photoCaption", { caption });
}
