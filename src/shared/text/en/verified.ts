import { addWords } from "../words.ts";

/** The mark beside the name of somebody whom the reader has verified. */
export const verifiedText = addWords({
	"verified.mark": "Verified by you",
});
