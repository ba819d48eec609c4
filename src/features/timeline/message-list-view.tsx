import { classNames } from "../../components/class-names.ts";
import { dayLabel } from "../../shared/text/dates.ts";
import { text } from "../../shared/text/text.ts";
import { FacesView } from "./faces-view.tsx";
import type { MessageListProps } from "./list-props.ts";
import { RowView } from "./row-view.tsx";
import { ToNewestView } from "./to-newest-view.tsx";
import { TypingView } from "./typing-view.tsx";
import { unreadText } from "./unread-text.ts";
import { useMessageList } from "./use-message-list.ts";

/** The messages of a room, oldest first. Only what is on the screen, and a little around it, is in the document. */
export function MessageListView(props: MessageListProps) {
	"use no memo";
	const { heads, read } = props.rows;
	const { scroller, rows, edges, goal, focus, actions, onKeyDown } = useMessageList(props);
	const drawn = rows.getVirtualItems();
	return (
		<>
			{/* biome-ignore lint/a11y/noStaticElementInteractions: its keys only move the focus between messages. */}
			<div
				className="timeline"
				ref={scroller}
				tabIndex={focus.activeIndex === -1 ? 0 : -1}
				onScroll={edges.onMove}
				onKeyDown={onKeyDown}
			>
				{/* What comes and goes while somebody scrolls is not news: new messages are announced beside the list. */}
				<div
					className="timeline-in"
					role="log"
					aria-live="off"
					aria-label={text("chat.messages")}
					style={{ blockSize: rows.getTotalSize() }}
				>
					<TypingView writers={props.writers} hasFaces={props.hasFaces} />
					{props.hasFaces && <FacesView drawn={drawn} rows={props.rows} />}
					{drawn.map(({ key, index, start }) => {
						const [head, row] = [heads[index], read(index)];
						if (head === undefined || row === undefined) return null;
						return (
							<div
								className="slot"
								key={key}
								data-index={index}
								ref={rows.measureElement}
								style={{ insetBlockStart: start }}
							>
								<RowView
									head={head}
									row={row}
									day={head.isDayStart ? dayLabel(head.ts, props.now) : undefined}
									unread={head.isUnreadStart ? unreadText(head.readTs, props.now) : undefined}
									hasFace={props.hasFaces && !head.isOwn}
									isActive={head.key === focus.activeKey}
									isGoal={head.key === goal}
									actions={actions}
									onActive={focus.setActiveKey}
								/>
							</div>
						);
					})}
				</div>
			</div>
			<p
				className={classNames("date date-edge", (!rows.isScrolling || edges.day.isCovered) && "is-resting")}
				aria-hidden="true"
			>
				<span>{dayLabel(edges.day.ts, props.now)}</span>
			</p>
			{!edges.isAtNewest && <ToNewestView unreadCount={props.unreadCount} onPress={props.onToNewest} />}
		</>
	);
}
