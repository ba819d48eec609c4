import { router } from "../../procedures.ts";
import { markRead } from "./mark-read.ts";
import { around, atDate, page, readers } from "./read-messages.ts";
import { reportUnreadable } from "./report-unreadable.ts";
import { edit, react, redact, send, sendEncrypted, sendPicture } from "./write-message.ts";

export const messagesRouter = router({
	send,
	sendEncrypted,
	sendPicture,
	edit,
	react,
	redact,
	page,
	atDate,
	around,
	readers,
	markRead,
	reportUnreadable,
});
