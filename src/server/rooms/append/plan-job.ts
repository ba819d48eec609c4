import type { Authorize } from "../../../../federation/authorization/authorize-event.ts";
import type { RoomId } from "../../../../federation/identifiers/identifier-types.ts";
import type { Signer } from "../../../../federation/ports/signer.ts";
import { AppError } from "../../../shared/app-error.ts";
import type { Clock } from "../ports.ts";
import type { AppendJob, NewRoom, PlanContext } from "./append-job.ts";
import { directKey, type LoadedBatch, reactionKey, replayKey } from "./load-batch.ts";
import { mergeRows } from "./merge-rows.ts";
import { newRoomRow } from "./new-room-row.ts";
import { noteTargets } from "./note-targets.ts";
import { openDraft } from "./open-draft.ts";
import type { RoomDraft } from "./room-draft.ts";
import type { RoomHead } from "./room-head.ts";
import type { RowBatch } from "./row-batch.ts";

/** The ports a plan uses. */
export interface PlanTools {
	readonly signer: Signer;
	readonly authorize: Authorize;
	readonly clock: Clock;
}

interface PlanSurroundings {
	readonly loaded: LoadedBatch;
	readonly rows: RowBatch;
	readonly tools: PlanTools;
}

/** Runs one job's plan on the heads as the jobs before it left them. Throws what the plan throws, without a trace. */
export const planJob = <Answer>(job: AppendJob<Answer>, surroundings: PlanSurroundings): Answer => {
	const { loaded, rows } = surroundings;
	const { replay } = job;
	if (replay !== undefined) {
		const earlier = loaded.earlier.get(replayKey(replay.sender, replay.roomId, replay.transactionId));
		if (earlier !== undefined) return replay.answer(earlier);
	}
	const drafts = new Map<RoomId, RoomDraft>();
	const created: RoomDraft[] = [];
	let reached = rows.position;
	const context: PlanContext = {
		signer: surroundings.tools.signer,
		authorize: surroundings.tools.authorize,
		now: job.approval?.now ?? surroundings.tools.clock.now(),
		approval: job.approval,
		nextNid: () => {
			reached += 1;
			return reached;
		},
		room: (roomId) => {
			const open = drafts.get(roomId) ?? openDraft(existingHead(loaded, roomId, job.users), context);
			drafts.set(roomId, open);
			return open;
		},
		newRoom: (options) => {
			const draft = openDraft(newHead(options, loaded), context);
			created.push(draft);
			return draft;
		},
		target: (eventId) => loaded.targets.get(eventId),
		alias: (alias) => loaded.aliases.get(alias),
		directRoom: () => (job.direct === undefined ? undefined : loaded.directRooms.get(directKey(job.direct))),
		ownsFiles: () => ownsFiles(job, loaded),
		reaction: () => (job.reaction === undefined ? undefined : loaded.reactions.get(reactionKey(job.reaction))),
	};
	const answer = job.plan(context);
	rows.position = reached;
	for (const draft of created) rows.newRooms.add(draft.row.nid);
	for (const draft of [...drafts.values(), ...created]) accept(draft, loaded, rows);
	remember(job, surroundings, [...drafts.values()]);
	const [first] = created;
	if (first !== undefined && job.direct !== undefined) loaded.directRooms.set(directKey(job.direct), first.roomId);
	if (first !== undefined && replay !== undefined && replay.roomId === undefined) {
		loaded.earlier.set(replayKey(replay.sender, undefined, replay.transactionId), first.roomId);
	}
	return answer;
};

const ownsFiles = ({ files }: AppendJob<unknown>, { fileOwners }: LoadedBatch): boolean =>
	files === undefined || files.mediaIds.every((mediaId) => fileOwners.get(mediaId) === files.ownerId);

const existingHead = (loaded: LoadedBatch, roomId: RoomId, users: AppendJob<unknown>["users"]): RoomHead => {
	const head = loaded.heads.get(roomId);
	if (head === undefined) throw new AppError("not-found", { detail: "no such room" });
	if (users === "all" && head.areMembersArriving) throw new AppError("members-arriving");
	return head;
};

const accept = (draft: RoomDraft, loaded: LoadedBatch, rows: RowBatch): void => {
	draft.apply();
	if (draft.rows.events.length > 0) {
		draft.rows.rooms.set(draft.row.nid, draft.row);
		loaded.cache.put(draft.head);
	}
	for (const { alias, roomNid } of draft.rows.aliases) {
		loaded.aliases.set(alias, roomNid === undefined ? undefined : draft.row.roomId);
	}
	noteTargets(draft, loaded);
	mergeRows(rows, draft.rows);
};

/** Two attempts of one transaction in the same batch: the second is given the first's answer too. */
const remember = (job: AppendJob<unknown>, { loaded }: PlanSurroundings, drafts: readonly RoomDraft[]): void => {
	const { replay, reaction } = job;
	for (const draft of drafts) {
		for (const row of draft.rows.events) {
			const earlier = {
				roomNid: row.roomNid,
				sender: row.sender,
				transactionId: row.transactionId ?? "",
				eventId: row.eventId as never,
				position: row.nid,
				originServerTs: row.originServerTs,
			};
			if (replay !== undefined && row.transactionId === replay.transactionId) {
				loaded.earlier.set(replayKey(replay.sender, replay.roomId, replay.transactionId), earlier);
			}
			if (reaction !== undefined && row.type === "m.reaction") loaded.reactions.set(reactionKey(reaction), earlier);
		}
	}
};

const newHead = (options: NewRoom, loaded: LoadedBatch): RoomHead => {
	const nid = loaded.newRoomNids.shift();
	if (nid === undefined) throw new Error("the job did not declare its new rooms");
	return {
		row: newRoomRow({
			nid,
			roomId: options.roomId ?? ("" as RoomId),
			version: options.version.id,
			kind: options.kind,
			creatorId: options.creatorId,
			createTransactionId: options.transactionId,
		}),
		version: options.version,
		extremities: [],
		stateHeight: 0,
		state: new Map(),
		members: new Map(),
		hasAllMembers: true,
		hasRemoteMembers: false,
		areMembersArriving: false,
	};
};
