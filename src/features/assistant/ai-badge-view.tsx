import { Cpu } from "lucide-react";
import Link from "next/link";
import { Icon } from "../../components/icon.tsx";
import "../../shared/text/en/assistant.ts";
import { text } from "../../shared/text/text.ts";

/** Says whose machine reads what is given to the assistant, and leads to what is to be known about it. */
export function AiBadge({ host }: { readonly host: string }) {
	return (
		<p className="ai-badge">
			<Icon of={Cpu} size={16} />
			<span>
				{text("assistant.badge", { host })}.{" "}
				<Link className="text-button" href="/you/assistant">
					{text("assistant.places")}
				</Link>
			</span>
		</p>
	);
}
