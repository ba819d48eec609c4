import { Button } from "../../components/button.tsx";
import { PictureLine } from "../../components/picture-line.tsx";
import { text } from "../../shared/text/text.ts";
import type { MemberSnapshot } from "./member-line-view.tsx";

export interface KnocksProps {
	readonly asking: readonly MemberSnapshot[];
	/** Absent: the reader decides about nobody. */
	readonly onAnswer: ((userId: string, isIn: boolean) => void) | undefined;
}

/** Who asks to be let in, and the answer. */
export function KnocksView({ asking, onAnswer }: KnocksProps) {
	const title = text("knocks.title", { count: asking.length });
	return (
		<section className="section knocks" aria-label={title}>
			<div className="section-head">
				<h3>{title}</h3>
			</div>
			<ul>
				{asking.map(({ userId, name, picture }) => (
					<li key={userId}>
						<PictureLine id={userId} name={name} picture={picture} size={36} detail={userId} />
						{onAnswer !== undefined && (
							<div className="knock-answer">
								<Button
									look="second"
									size="small"
									aria-label={text("knocks.refuseLabel", { name })}
									onClick={() => onAnswer(userId, false)}
								>
									{text("knocks.refuse")}
								</Button>
								<Button
									size="small"
									aria-label={text("knocks.acceptLabel", { name })}
									onClick={() => onAnswer(userId, true)}
								>
									{text("knocks.accept")}
								</Button>
							</div>
						)}
					</li>
				))}
			</ul>
		</section>
	);
}
