import type { RoomId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import { AppError } from "../../shared/app-error.ts";
import type { SafetyStore } from "./ports.ts";

export interface ReportInput {
	/** Who reports. */
	readonly userId: UserId;
	readonly subjectId: UserId;
	readonly roomId: RoomId | undefined;
	/** Why; may be empty. */
	readonly words: string;
}

/** Enough for an honest person; a flood of reports hides those of others. */
const mostWaiting = 50;

/**
 * Tells the owner of this server about somebody. Reported again it is the same report, with the new words. Throws
 * `bad-input` for oneself, `too-many-requests` while fifty reports of this person wait.
 */
export const reportPerson = async (
	{ store, clock }: { readonly store: SafetyStore; readonly clock: { now(): number } },
	{ userId, subjectId, roomId, words }: ReportInput,
): Promise<void> => {
	if (userId === subjectId) throw new AppError("bad-input", { detail: "oneself" });
	// No column holds a NUL.
	const said = words.replaceAll("\u0000", "\ufffd");
	const report = { reporterId: userId, subjectId, roomId, words: said, at: clock.now() };
	if (!(await store.report(report, mostWaiting))) throw new AppError("too-many-requests");
};
