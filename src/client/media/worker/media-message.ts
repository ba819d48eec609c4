/** What pages ask of the worker for pictures, and what it answers. */
import type { AttachmentKeys } from "../attachments/encrypted-file.ts";

export type MediaCall =
	/** A file that somebody chose: is made a picture to send. */
	| { readonly kind: "prepare"; readonly file: Blob }
	| { readonly kind: "seal"; readonly content: Blob }
	/** Sealed bytes that are here. `isPicture`: they come out as one, or not at all. */
	| { readonly kind: "open"; readonly ciphertext: Blob; readonly keys: AttachmentKeys; readonly isPicture: boolean }
	/** A picture at a path of this origin; without keys it is not encrypted. */
	| {
			readonly kind: "fetch";
			readonly path: string;
			readonly keys: AttachmentKeys | undefined;
			/** True: what the browser remembers of it is no answer. */
			readonly isRetry: boolean;
	  };

/** Pixels alone, in a file of their own. */
export interface EncodedPicture {
	readonly content: Blob;
	readonly type: "image/webp" | "image/jpeg";
	readonly width: number;
	readonly height: number;
}

export interface PreparedPicture {
	readonly full: EncodedPicture;
	/** Where the picture is much larger than it is shown in a conversation. */
	readonly thumbnail: EncodedPicture | undefined;
	readonly blurhash: string;
}

/** Why there is no picture. */
export type PictureFault =
	/** The bytes are none of the kinds that are shown. */
	| "not-a-picture"
	| "too-large"
	/** They are not the bytes that were sent. */
	| "altered"
	/** Nobody has it any more. */
	| "gone"
	/** It may be had later. */
	| "unavailable";

export type Opened =
	| {
			readonly kind: "opened";
			readonly content: Blob;
			/** The first frame of a picture that moves. */
			readonly still?: Blob;
	  }
	| Refused;
export interface Refused {
	readonly kind: "refused";
	readonly fault: PictureFault;
}

export interface MediaAnswers {
	readonly prepare: { readonly kind: "prepared"; readonly picture: PreparedPicture } | Refused;
	readonly seal: { readonly kind: "sealed"; readonly ciphertext: ArrayBuffer; readonly keys: AttachmentKeys };
	readonly open: Opened;
	readonly fetch: Opened;
}

export type MediaRequest = MediaCall & { readonly id: number };
export interface MediaReply {
	readonly id: number;
	/** undefined: it failed for a reason of ours. */
	readonly answer: MediaAnswers[keyof MediaAnswers] | undefined;
}
