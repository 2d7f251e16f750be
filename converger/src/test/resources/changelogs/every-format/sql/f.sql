CREATE TABLE of_file (n int);
INSERT INTO of_file VALUES (42);
