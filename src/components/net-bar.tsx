import { CloudOff } from "lucide-react";
import { Icon } from "./icon.tsx";

/** The thin bar that says the server cannot be reached; never a modal. */
export function NetBar({ message }: { readonly message: string | undefined }) {
	return (
		<div className={message === undefined ? "netbar is-empty" : "netbar"} role="status">
			{message !== undefined && (
				<>
					<Icon of={CloudOff} size={16} />
					<span>{message}</span>
				</>
			)}
		</div>
	);
}
