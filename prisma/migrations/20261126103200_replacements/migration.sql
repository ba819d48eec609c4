-- What is no room id was taken for the room that goes on, and no list with it in it could be read.
UPDATE rooms SET replacement_room_id = NULL
WHERE replacement_room_id IS NOT NULL AND (left(replacement_room_id, 1) <> '!' OR length(replacement_room_id) NOT BETWEEN 2 AND 255);
