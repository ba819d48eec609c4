/**
 * State is stored as groups; each holds only its difference from an earlier group, its base. A group at height h (the
 * h-th change of the room's state) spans 16^level changes, where level counts the trailing zero hexadecimal digits of
 * h, so a change costs a handful of rows whatever the room's size, and reading a state walks at most 15 groups a level.
 */
const maxLevel = 4;

/** How many trailing zero hexadecimal digits `height` has, at most 4. Height 0 is the first state: level 0, no base. */
export const stateGroupLevel = (height: number): number => {
	let level = 0;
	for (let rest = height; height > 0 && level < maxLevel && rest % 16 === 0; rest /= 16) level += 1;
	return level;
};

/** The height of the base of the group at `height`. */
export const stateGroupBaseHeight = (height: number): number => height - 16 ** stateGroupLevel(height);
