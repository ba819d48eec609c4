import { router } from "../../procedures.ts";
import { assistantBot, setAssistantBot } from "./assistant-bot.ts";
import {
	destinations,
	putServerRule,
	removeServerRule,
	retryDestination,
	selfChecks,
	serverRules,
	setInvitationPolicy,
	setPresenceSharing,
} from "./federation.ts";
import { addPerson, people, resetPassword, setDisabled } from "./people.ts";
import { reports, settleReport } from "./reports.ts";
import { statistics } from "./statistics.ts";
import { createToken, removeToken, tokens } from "./tokens.ts";

/** For the server's owner alone. */
export const adminRouter = router({
	people,
	addPerson,
	setDisabled,
	resetPassword,
	tokens,
	createToken,
	removeToken,
	statistics,
	destinations,
	retryDestination,
	selfChecks,
	serverRules,
	setInvitationPolicy,
	setPresenceSharing,
	putServerRule,
	removeServerRule,
	reports,
	settleReport,
	assistantBot,
	setAssistantBot,
});
