import { router } from "../../procedures.ts";
import { acceptInvite, ban, forget, invite, kick, leave, rejectInvite, unban } from "./change-membership.ts";
import {
	addAlias,
	enableEncryption,
	removeAlias,
	setAvatar,
	setHistoryVisibility,
	setJoinRule,
	setName,
	setRole,
	setServerAcl,
	setTopic,
} from "./change-state.ts";
import { create, followUpgrade, join, knock, upgrade } from "./create-room.ts";
import {
	createInviteLink,
	inviteLinks,
	joinByInviteLink,
	previewInviteLink,
	revokeInviteLink,
} from "./invite-links.ts";
import { joinProgress } from "./join-progress.ts";
import { personElsewhere } from "./person-elsewhere.ts";
import { directory, directoryElsewhere, ofAlias, preview } from "./public-rooms.ts";
import { details, list, members } from "./read-rooms.ts";

import { addToSpace, hierarchy, removeFromSpace } from "./spaces.ts";

export const roomsRouter = router({
	create,
	join,
	knock,
	joinProgress,
	upgrade,
	followUpgrade,
	list,
	details,
	members,
	invite,
	acceptInvite,
	rejectInvite,
	leave,
	forget,
	kick,
	ban,
	unban,
	setRole,
	setName,
	setTopic,
	setAvatar,
	setJoinRule,
	setServerAcl,
	setHistoryVisibility,
	enableEncryption,
	addAlias,
	removeAlias,
	personElsewhere,
	directory,
	directoryElsewhere,
	ofAlias,
	preview,
	hierarchy,
	addToSpace,
	removeFromSpace,
	createInviteLink,
	inviteLinks,
	revokeInviteLink,
	previewInviteLink,
	joinByInviteLink,
});
