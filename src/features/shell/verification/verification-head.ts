import { BadgeCheck, CircleCheck, type LucideIcon, MonitorSmartphone, ScanLine, TriangleAlert } from "lucide-react";
import "../../../shared/text/en/verification.ts";
import { type TextKey, text } from "../../../shared/text/text.ts";
import type { VerificationProps } from "./verification-props.ts";

export interface VerificationHead {
	readonly title: string;
	readonly lead: string | undefined;
	readonly icon: LucideIcon;
}

/** What the step is called, over whatever it is shown in. */
export function verificationHead(props: VerificationProps): VerificationHead {
	const { step, isSelf, name } = props;
	switch (step.kind) {
		case "asked":
			return askedHead(props);
		case "ready":
			return props.isScanning
				? head("verify.scanTitle", "verify.scanText", ScanLine)
				: {
						...head("verify.readyTitle", props.code === undefined ? "verify.readyChoose" : "verify.readyShow"),
						...(!isSelf && { title: text("verify.readyPerson", { name }) }),
					};
		case "waiting":
			return step.hasRead
				? head("verify.codeRight", "verify.codeRightText", CircleCheck)
				: { title: text("verify.waiting"), lead: undefined, icon: MonitorSmartphone };
		case "compare": {
			const asked = isSelf ? text("verify.compareTitle") : text("verify.comparePersonTitle", { name });
			return {
				title: step.emoji.length > 0 ? asked : text("verify.numbersTitle"),
				lead: text(isSelf ? "verify.compareText" : "verify.comparePersonText"),
				icon: MonitorSmartphone,
			};
		}
		case "scanned":
			return head("verify.scannedTitle", "verify.scannedText");
		case "done":
			return doneHead(props);
		case "ended":
			return head(isSelf ? "verify.endedTitle" : "verify.endedPersonTitle", `verify.end-${step.why}`, TriangleAlert);
	}
}

function head(title: PlainKey, lead: PlainKey, icon: LucideIcon = MonitorSmartphone): VerificationHead {
	return { title: text(title), lead: text(lead), icon };
}

/** Keys of words that need nothing filled in. */
type PlainKey = Extract<TextKey, `verify.${string}`> &
	Exclude<
		TextKey,
		`verify.${"personTitle" | "waitPerson" | "waitPersonText" | "readyPerson" | "comparePersonTitle" | "donePerson" | "signOutText"}`
	>;

function askedHead({ isSelf, isOurs, name }: VerificationProps): VerificationHead {
	if (isSelf) {
		return isOurs
			? head("verify.waitDevices", "verify.waitDevicesText")
			: head("verify.askedTitle", "verify.askedText");
	}
	const [title, lead] = isOurs
		? [text("verify.waitPerson", { name }), text("verify.waitPersonText", { name })]
		: [text("verify.personTitle", { name }), text("verify.personText")];
	return { title, lead, icon: BadgeCheck };
}

function doneHead({ isSelf, isApproving, name }: VerificationProps): VerificationHead {
	if (!isSelf) {
		return { title: text("verify.donePerson", { name }), lead: text("verify.donePersonText"), icon: BadgeCheck };
	}
	return isApproving
		? head("verify.doneDevice", "verify.doneDeviceText", CircleCheck)
		: head("verify.doneHere", "verify.doneHereText", CircleCheck);
}
