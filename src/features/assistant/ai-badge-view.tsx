import { Cpu } from "lucide-react";
import { Icon } from "../../components/icon.tsx";
import "../../shared/text/en/assistant.ts";
import { text } from "../../shared/text/text.ts";

/** Says whose machine reads what is given to the assistant. */
export function AiBadge({ host }: { readonly host: string }) {
	return (
		<p className="ai-badge">
			<Icon of={Cpu} size={16} />
			<span>{text("assistant.badge", { host })}</span>
		</p>
	);
}
