import { Reply } from "lucide-react";
import { Icon } from "../../components/icon.tsx";
import "../../shared/text/en/auto-reply.ts";
import { text } from "../../shared/text/text.ts";

export interface AutoReplyBarProps {
	readonly isOn: boolean;
	readonly onStop: () => void;
}

/** Says on every page that answers go out by themselves, with the switch beside it. */
export function AutoReplyBarView({ isOn, onStop }: AutoReplyBarProps) {
	if (!isOn) return null;
	return (
		<section className="netbar-in" aria-label={text("autoReply.barLabel")}>
			<Icon of={Reply} size={16} />
			<span>{text("autoReply.bar")}</span>
			<button type="button" className="text-button" onClick={onStop}>
				{text("autoReply.stop")}
			</button>
		</section>
	);
}
