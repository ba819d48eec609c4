/** What a picture's own bytes say of it. */
export interface PictureFacts {
	readonly contentType: "image/png" | "image/jpeg" | "image/webp" | "image/gif";
	readonly width: number;
	readonly height: number;
}
