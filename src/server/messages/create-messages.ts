import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import { editMessage } from "./edit-message.ts";
import { markRead } from "./mark-read.ts";
import type { MessagesDependencies } from "./message-dependencies.ts";
import { reactToMessage } from "./react-to-message.ts";
import { redactMessage } from "./redact-message.ts";
import { createUnreadableReports } from "./report-unreadable.ts";
import { sendEncrypted } from "./send-encrypted.ts";
import { sendMessage } from "./send-message.ts";
import { sendPicture } from "./send-picture.ts";

/** Reading on moves the read position again and again, and costs one row. */
const markReadCost = 0.2;

/** The area's use cases, bound to what they stand on. Each counts against what the person who asks may write. */
export const createMessages = (dependencies: MessagesDependencies) => {
	const limited =
		<Input extends { readonly userId: UserId }, Answer>(
			useCase: (dependencies: MessagesDependencies, input: Input) => Promise<Answer>,
			cost = 1,
		) =>
		async (input: Input): Promise<Answer> => {
			dependencies.limiter.begin(input.userId, cost);
			return useCase(dependencies, input);
		};
	const unreadable = createUnreadableReports(dependencies.unreadableCounts, dependencies.clock);
	return {
		send: limited(sendMessage),
		sendEncrypted: limited(sendEncrypted),
		sendPicture: limited(sendPicture),
		edit: limited(editMessage),
		react: limited(reactToMessage),
		redact: limited(redactMessage),
		markRead: limited(markRead, markReadCost),
		reportUnreadable: limited((_, report: Parameters<typeof unreadable.report>[0]) => unreadable.report(report)),
		/** By reason, as reported to this process. */
		unreadableSinceStart: unreadable.sinceStart,
	};
};

export type Messages = ReturnType<typeof createMessages>;
