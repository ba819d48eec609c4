import * as z from "zod";
import { runFailures } from "./assistant.ts";
import { maxEmbeddedCharacters, maxEmbeddedTexts } from "./assistant-limits.ts";
import { wireRoomId } from "./identifiers.ts";

/** Made by the page: by it a batch can be ended. */
const batchId = z
	.string()
	.min(16)
	.max(64)
	.regex(/^[\w-]+$/);
const text = z.string().min(1).max(maxEmbeddedCharacters);

/** Texts whose meaning is asked for, as vectors: messages of one chat, or a question of the person's own. */
export const embedInput = z.discriminatedUnion("use", [
	z.object({
		use: z.literal("document"),
		batchId,
		roomId: wireRoomId,
		texts: z.array(text).min(1).max(maxEmbeddedTexts),
	}),
	z.object({ use: z.literal("question"), batchId, texts: z.array(text.max(1000)).length(1) }),
]);

/** A vector for each text: signed bytes in base64, of which the direction counts. */
export const embedOutput = z.discriminatedUnion("kind", [
	z.object({ kind: z.literal("vectors"), model: z.string(), vectors: z.array(z.string()) }),
	z.object({ kind: z.literal("failed"), reason: z.enum(runFailures) }),
]);

export const embedBatchInput = z.object({ batchId });

export type EmbedInput = z.infer<typeof embedInput>;
export type EmbedOutput = z.infer<typeof embedOutput>;
