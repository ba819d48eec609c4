/** Room for the texts of many events outside of memory, for as long as they are checked. */
export interface EventShelf {
	/** Puts a text down; the answer is where it lies. Texts are put down one at a time. */
	put(text: string): Promise<number>;
	/** The text that lies there. */
	text(place: number): Promise<string>;
	/** Nothing of it is needed any more. */
	close(): Promise<void>;
}
