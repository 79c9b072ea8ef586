CREATE TABLE acks (
  n INTEGER NOT NULL,
  terminal TEXT NOT NULL,
  incarnation INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  high_water INTEGER NOT NULL,
  chain BLOB NOT NULL,
  prune INTEGER NOT NULL,
  server_time TEXT NOT NULL,
  received_at TEXT NOT NULL,
  token TEXT NOT NULL,
  PRIMARY KEY (n)
);
CREATE TABLE active_pack (
  id INTEGER NOT NULL,
  county TEXT NOT NULL,
  version TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  file TEXT NOT NULL,
  as_of TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  installed_at TEXT NOT NULL,
  manifest TEXT NOT NULL,
  PRIMARY KEY (id)
);
CREATE TABLE basket_lines (
  good TEXT NOT NULL,
  qty INTEGER NOT NULL,
  added_at TEXT,
  PRIMARY KEY (good)
);
CREATE TABLE cases (
  id TEXT NOT NULL,
  number TEXT NOT NULL,
  op_id TEXT NOT NULL,
  terminal TEXT NOT NULL,
  point TEXT NOT NULL,
  kind TEXT NOT NULL,
  reason TEXT NOT NULL,
  owes TEXT NOT NULL,
  facts TEXT NOT NULL,
  state TEXT NOT NULL,
  rev INTEGER NOT NULL,
  opened TEXT NOT NULL,
  PRIMARY KEY (id)
);
CREATE TABLE clock_anchors (
  n INTEGER NOT NULL,
  server_ms INTEGER NOT NULL,
  wall_ms INTEGER NOT NULL,
  ticks_ms INTEGER NOT NULL,
  boot TEXT NOT NULL,
  PRIMARY KEY (n)
);
CREATE TABLE cursors (
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (name)
);
CREATE TABLE documents (
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  rev INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (kind, id)
);
CREATE TABLE drafts (
  id TEXT NOT NULL,
  service TEXT NOT NULL,
  form TEXT NOT NULL,
  form_version TEXT NOT NULL,
  step INTEGER NOT NULL,
  data TEXT NOT NULL,
  saved_at TEXT NOT NULL,
  PRIMARY KEY (id)
);
CREATE TABLE identity (
  terminal TEXT NOT NULL,
  incarnation INTEGER NOT NULL,
  state TEXT NOT NULL,
  kid TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  county TEXT NOT NULL,
  profile TEXT NOT NULL,
  point TEXT NOT NULL,
  central_url TEXT NOT NULL,
  central_ca TEXT NOT NULL,
  central_keys TEXT NOT NULL,
  high_water INTEGER NOT NULL,
  enrolled_at TEXT NOT NULL,
  PRIMARY KEY (terminal, incarnation)
);
CREATE TABLE journal_lines (
  n INTEGER NOT NULL,
  line BLOB NOT NULL,
  PRIMARY KEY (n)
);
CREATE TABLE lease_spends (
  n INTEGER NOT NULL,
  lease TEXT NOT NULL,
  amount INTEGER NOT NULL,
  token TEXT,
  op_id TEXT,
  PRIMARY KEY (n),
  UNIQUE (lease, token)
);
CREATE TABLE leases (
  id TEXT NOT NULL,
  "right" TEXT NOT NULL,
  unit TEXT NOT NULL,
  amount INTEGER NOT NULL,
  spent INTEGER NOT NULL,
  returned INTEGER NOT NULL,
  rev INTEGER NOT NULL,
  soft INTEGER NOT NULL,
  hard INTEGER NOT NULL,
  max_age_days INTEGER NOT NULL,
  detail TEXT NOT NULL,
  issued TEXT NOT NULL,
  terminal TEXT NOT NULL,
  incarnation INTEGER NOT NULL,
  start_seq INTEGER NOT NULL,
  token TEXT NOT NULL,
  state TEXT NOT NULL,
  PRIMARY KEY (id)
);
CREATE TABLE marks (
  kind TEXT NOT NULL,
  "key" TEXT NOT NULL,
  op_id TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (kind, "key", op_id)
);
CREATE TABLE operations (
  n INTEGER NOT NULL,
  op_id TEXT NOT NULL,
  terminal TEXT NOT NULL,
  incarnation INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  kind TEXT NOT NULL,
  at TEXT NOT NULL,
  "by" TEXT,
  dep TEXT,
  sup TEXT,
  header BLOB NOT NULL,
  payload BLOB,
  payload_hash BLOB NOT NULL,
  link BLOB NOT NULL,
  seal BLOB NOT NULL,
  transfer TEXT NOT NULL,
  PRIMARY KEY (n),
  UNIQUE (terminal, incarnation, seq),
  UNIQUE (op_id)
);
CREATE TABLE outcomes (
  op_id TEXT NOT NULL,
  outcome TEXT NOT NULL,
  reason TEXT,
  case_id TEXT,
  rev INTEGER NOT NULL,
  received_at TEXT NOT NULL,
  PRIMARY KEY (op_id)
);
CREATE TABLE pin_attempts (
  operator TEXT NOT NULL,
  failures INTEGER NOT NULL,
  last_at TEXT NOT NULL,
  locked_until TEXT,
  PRIMARY KEY (operator)
);
CREATE TABLE slips (
  number TEXT NOT NULL,
  op_id TEXT,
  kind TEXT NOT NULL,
  at TEXT NOT NULL,
  body TEXT NOT NULL,
  copies INTEGER NOT NULL,
  printed_at TEXT,
  PRIMARY KEY (number)
);
CREATE TABLE till_moves (
  n INTEGER NOT NULL,
  at TEXT NOT NULL,
  fen INTEGER NOT NULL,
  kind TEXT NOT NULL,
  op_id TEXT,
  operator TEXT,
  PRIMARY KEY (n)
);
CREATE INDEX cases_number ON cases (number);
CREATE INDEX cases_op ON cases (op_id);
CREATE INDEX cases_state ON cases (state, opened);
CREATE INDEX drafts_service ON drafts (service, saved_at);
CREATE INDEX lease_spends_op ON lease_spends (op_id);
CREATE INDEX leases_right ON leases ("right");
CREATE INDEX marks_op ON marks (op_id);
CREATE INDEX operations_dep ON operations (dep);
CREATE INDEX operations_open ON operations (terminal, incarnation) WHERE transfer <> 'answered';
CREATE INDEX outcomes_outcome ON outcomes (outcome);
CREATE INDEX slips_at ON slips (at);
CREATE INDEX slips_op ON slips (op_id);
CREATE INDEX till_moves_at ON till_moves (at);
CREATE INDEX till_moves_op ON till_moves (op_id);
