import { BadgeCheck } from "lucide-react";
import "../shared/text/en/verified.ts";
import { text } from "../shared/text/text.ts";
import { Icon } from "./icon.tsx";

/** Beside the name of somebody of whom the reader has made sure who they are. */
export function VerifiedMark({ size }: { readonly size: 14 | 16 | 18 }) {
	"use no memo";
	return (
		<span className="verified-mark" title={text("verified.mark")}>
			<Icon of={BadgeCheck} size={size} />
			<span className="visually-hidden">{text("verified.mark")}</span>
		</span>
	);
}
