import { router } from "../../procedures.ts";
import { changeAvatar, changeDisplayName, changePassword, deactivate } from "./change-account.ts";
import { devices, renameDevice, revokeDevice, revokeOtherDevices } from "./devices.ts";
import { isUsernameFree } from "./is-username-free.ts";
import { me } from "./me.ts";
import { openIdToken } from "./open-id-token.ts";
import { pendingIdentity } from "./pending-identity.ts";
import { privacy, setPrivacy } from "./privacy.ts";
import { register } from "./register.ts";
import { registrationPolicy } from "./registration-policy.ts";
import { searchPeople } from "./search-people.ts";
import { signOut } from "./sign-out.ts";

export const accountsRouter = router({
	registrationPolicy,
	isUsernameFree,
	register,
	pendingIdentity,
	me,
	searchPeople,
	signOut,
	changeDisplayName,
	changeAvatar,
	changePassword,
	deactivate,
	devices,
	renameDevice,
	revokeDevice,
	revokeOtherDevices,
	privacy,
	setPrivacy,
	openIdToken,
});
