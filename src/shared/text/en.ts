import { accountText } from "./en/account.ts";
import { adminText } from "./en/admin.ts";
import { assistantText } from "./en/assistant.ts";
import { assistantAllText } from "./en/assistant-all.ts";
import { assistantBotText } from "./en/assistant-bot.ts";
import { assistantPlacesText } from "./en/assistant-places.ts";
import { autoReplyText } from "./en/auto-reply.ts";
import { botMarkText } from "./en/bot-mark.ts";
import { chatsText } from "./en/chats.ts";
import { citedText } from "./en/cited.ts";
import { consoleText } from "./en/console.ts";
import { conversationText } from "./en/conversation.ts";
import { errorsText } from "./en/errors.ts";
import { everyScreenText } from "./en/every-screen.ts";
import { findingText } from "./en/finding.ts";
import { insecureText } from "./en/insecure.ts";
import { invitationText } from "./en/invitation.ts";
import { joinText } from "./en/join.ts";
import { joiningText } from "./en/joining.ts";
import { messageText } from "./en/message.ts";
import { ownOllamaText } from "./en/own-ollama.ts";
import { paletteText } from "./en/palette.ts";
import { photoText } from "./en/photo.ts";
import { privacyText } from "./en/privacy.ts";
import { proofText } from "./en/proof.ts";
import { recoveryText } from "./en/recovery.ts";
import { remindersText } from "./en/reminders.ts";
import { roomInfoText } from "./en/room-info.ts";
import { sealedText } from "./en/sealed.ts";
import { securityText } from "./en/security.ts";
import { settingsText } from "./en/settings.ts";
import { spaceText } from "./en/space.ts";
import { troubleText } from "./en/trouble.ts";
import { verificationText } from "./en/verification.ts";
import { verifiedText } from "./en/verified.ts";

/** All words of the interface, for the compiler and for tests: a page loads the areas that it shows. A word in braces is filled in; an entry with `one` and `other` is chosen by `count`. */
export const en = {
	...accountText,
	...adminText,
	...assistantText,
	...assistantAllText,
	...assistantBotText,
	...assistantPlacesText,
	...autoReplyText,
	...botMarkText,
	...chatsText,
	...citedText,
	...consoleText,
	...everyScreenText,
	...conversationText,
	...errorsText,
	...insecureText,
	...invitationText,
	...joinText,
	...joiningText,
	...findingText,
	...messageText,
	...ownOllamaText,
	...paletteText,
	...photoText,
	...privacyText,
	...proofText,
	...recoveryText,
	...remindersText,
	...roomInfoText,
	...sealedText,
	...securityText,
	...settingsText,
	...spaceText,
	...troubleText,
	...verificationText,
	...verifiedText,
} as const;
