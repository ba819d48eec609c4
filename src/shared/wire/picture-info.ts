import * as z from "zod";
import { wireMediaUrl } from "./call-fields.ts";

/** The kinds of pictures that are shown: pixels, and nothing that runs. */
export const pictureTypes = ["image/jpeg", "image/png", "image/webp", "image/gif"] as const;

const size = { w: z.int().min(1).max(65_535), h: z.int().min(1).max(65_535) };
const file = { mimetype: z.enum(pictureTypes), size: z.int().min(1) };

/** What a message says of its picture. Matrix v1.19 Client-Server API, "m.image", `ImageInfo`. */
export const wirePictureInfo = z.strictObject({
	...size,
	...file,
	/** A few colours, for the time until the picture has come. MSC2448. */
	"xyz.amorgan.blurhash": z.string().max(100).optional(),
	thumbnail_url: wireMediaUrl.optional(),
	thumbnail_info: z.strictObject({ ...size, ...file }).optional(),
});

export type WirePictureInfo = z.infer<typeof wirePictureInfo>;
