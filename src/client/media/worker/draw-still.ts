import { doesMove } from "../pictures/picture-motion.ts";
import { encodeWithin, thumbnailEdge, thumbnailQuality } from "./encode-within.ts";
import type { Opened } from "./media-message.ts";

/** A picture that moves gets its first frame beside it: that is what stands in a conversation. */
export async function withStill(opened: Opened): Promise<Opened> {
	if (opened.kind === "refused" || !(await isMoving(opened.content))) return opened;
	const first = await createImageBitmap(opened.content).catch(() => undefined);
	if (first === undefined) return opened;
	try {
		const { content: still } = await encodeWithin(first, thumbnailEdge, thumbnailQuality);
		return { ...opened, still };
	} finally {
		first.close();
	}
}

async function isMoving(content: Blob): Promise<boolean> {
	return content.type !== "image/jpeg" && doesMove(new Uint8Array(await content.arrayBuffer()));
}
