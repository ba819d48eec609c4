import { addWords } from "../words.ts";

/** Coming into a room through another server, and its people after that. */
export const joiningText = addWords({
	"joining.asking": "Asking {server} …",
	"joining.receiving": "Getting the room from {server} … {done}",
	"joining.checking": "Checking {done} of {total} …",
	"joining.members": "Its people are still arriving.",
	"joining.membersFailing": "Its people couldn’t be fetched yet. Your server tries again by itself.",
	"joining.group": "Group",
	"joining.public": "Public room",
	"joining.space": "Community",
});
