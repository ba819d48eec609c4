const pictureHeads: Readonly<Record<string, (head: Buffer) => boolean>> = {
	"image/png": (head) => head.toString("latin1", 0, 8) === "\x89PNG\r\n\x1a\n",
	"image/jpeg": (head) => head.toString("latin1", 0, 3) === "\xff\xd8\xff",
	"image/webp": (head) => head.toString("latin1", 0, 4) === "RIFF" && head.toString("latin1", 8, 12) === "WEBP",
	"image/gif": (head) => /^GIF8[79]a$/.test(head.toString("latin1", 0, 6)),
};

/** The type under which other servers are given a file: that of a picture which begins like one, else of mere bytes. */
export const typeOfHead = (head: Uint8Array, claimedType: string): string => {
	const isSo = pictureHeads[claimedType]?.(Buffer.from(head.buffer, head.byteOffset, head.byteLength)) ?? false;
	return isSo ? claimedType : opaqueType;
};

/** Of everything that a browser must not take for something. */
export const opaqueType = "application/octet-stream";
