import * as z from "zod";
import { type WireDigest, wireDigest } from "../../../../shared/wire/assistant.ts";

/** What the administrators of a room chose beside the policy, as it stands in the room's state. */
export interface RoomChoice {
	/** In which it speaks there. */
	readonly language: string;
	/** When it tells what happened; undefined: never. */
	readonly digest: WireDigest | undefined;
	/** It greets who comes. */
	readonly isGreeting: boolean;
}

const language = z
	.string()
	.max(35)
	.regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/);

/** What cannot be read was not chosen. */
export const readRoomChoice = (content: Readonly<Record<string, unknown>>): RoomChoice => ({
	language: language.safeParse(content["language"]).data ?? "en",
	digest: wireDigest.safeParse(content["digest"]).data,
	isGreeting: content["isGreeting"] === true,
});
