import { router } from "../../procedures.ts";
import { markRead } from "./mark-read.ts";
import { around, atDate, page, readers } from "./read-messages.ts";
import { edit, react, redact, send } from "./write-message.ts";

export const messagesRouter = router({ send, edit, react, redact, page, atDate, around, readers, markRead });
