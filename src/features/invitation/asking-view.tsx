import { Hourglass } from "lucide-react";
import { Avatar } from "../../components/avatar.tsx";
import { Button } from "../../components/button.tsx";
import { FormError } from "../../components/form-error.tsx";
import { Icon } from "../../components/icon.tsx";
import { text } from "../../shared/text/text.ts";

export interface AskingProps {
	readonly roomId: string;
	readonly name: string;
	readonly state: "waiting" | "refused" | "banned";
	readonly isBusy: boolean;
	readonly error: string | undefined;
	readonly onEnd: () => void;
}

/** That one waits to be let in, or was not. */
export function AskingView({ roomId, name, state, isBusy, error, onEnd }: AskingProps) {
	return (
		<div className="chat-fill">
			<section className="card note invitation" aria-labelledby="asking-title">
				<Avatar id={roomId} name={name} size={88} />
				<h2 id="asking-title">{text(`asking.${state}Title`, { name })}</h2>
				{state === "waiting" && (
					<p className="tag" role="status">
						<Icon of={Hourglass} size={14} />
						{text("asking.waiting")}
					</p>
				)}
				<p className="invitation-hint">{text(`asking.${state}Text`)}</p>
				<FormError message={error} />
				<div className="note-actions">
					<Button look="second" isBusy={isBusy} onClick={onEnd}>
						{text(state === "waiting" ? "asking.takeBack" : "asking.putAway")}
					</Button>
				</div>
			</section>
		</div>
	);
}
