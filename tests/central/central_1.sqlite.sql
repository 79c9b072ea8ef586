CREATE TABLE central_state (
	one INTEGER NOT NULL,
	epoch INTEGER NOT NULL,
	born_at TEXT NOT NULL,
	CONSTRAINT pk_central_state PRIMARY KEY (one)
);
CREATE TABLE counties (
	id TEXT NOT NULL,
	name TEXT NOT NULL,
	settings JSON NOT NULL,
	CONSTRAINT pk_counties PRIMARY KEY (id)
);
CREATE TABLE counters (
	name TEXT NOT NULL,
	value BIGINT NOT NULL,
	CONSTRAINT pk_counters PRIMARY KEY (name)
);
CREATE TABLE ledger_entries (
	"key" TEXT NOT NULL,
	at TEXT NOT NULL,
	what TEXT NOT NULL,
	op TEXT,
	CONSTRAINT pk_ledger_entries PRIMARY KEY ("key")
);
CREATE TABLE billers (
	id TEXT NOT NULL,
	exactness TEXT NOT NULL,
	min_fen BIGINT NOT NULL,
	max_fen BIGINT NOT NULL,
	step_fen BIGINT NOT NULL,
	stated BOOLEAN NOT NULL,
	is_open BOOLEAN NOT NULL,
	CONSTRAINT pk_billers PRIMARY KEY (id)
);
CREATE TABLE goods (
	id TEXT NOT NULL,
	supplier TEXT NOT NULL,
	CONSTRAINT pk_goods PRIMARY KEY (id)
);
CREATE TABLE orders (
	op TEXT NOT NULL,
	terminal TEXT NOT NULL,
	pickup TEXT NOT NULL,
	buyer JSON,
	total_fen BIGINT NOT NULL,
	cash_fen BIGINT NOT NULL,
	state TEXT NOT NULL,
	at TEXT NOT NULL,
	CONSTRAINT pk_orders PRIMARY KEY (op)
);
CREATE TABLE sales (
	op TEXT NOT NULL,
	good TEXT NOT NULL,
	supplier TEXT NOT NULL,
	qty INTEGER NOT NULL,
	total_fen BIGINT NOT NULL,
	lease TEXT,
	state TEXT NOT NULL,
	at TEXT NOT NULL,
	CONSTRAINT pk_sales PRIMARY KEY (op)
);
CREATE TABLE applications (
	op TEXT NOT NULL,
	county TEXT NOT NULL,
	service TEXT NOT NULL,
	form TEXT NOT NULL,
	form_version INTEGER NOT NULL,
	data JSON NOT NULL,
	attachments JSON NOT NULL,
	state TEXT NOT NULL,
	at TEXT NOT NULL,
	CONSTRAINT pk_applications PRIMARY KEY (op)
);
CREATE TABLE callbacks (
	op TEXT NOT NULL,
	county TEXT NOT NULL,
	service TEXT NOT NULL,
	phone TEXT NOT NULL,
	name TEXT,
	note TEXT NOT NULL,
	wish TEXT NOT NULL,
	state TEXT NOT NULL,
	at TEXT NOT NULL,
	CONSTRAINT pk_callbacks PRIMARY KEY (op)
);
CREATE TABLE reversals (
	target TEXT NOT NULL,
	op TEXT NOT NULL,
	reason TEXT NOT NULL,
	cash_fen BIGINT NOT NULL,
	at TEXT NOT NULL,
	CONSTRAINT pk_reversals PRIMARY KEY (target)
);
CREATE TABLE pools (
	"right" TEXT NOT NULL,
	unit TEXT NOT NULL,
	total BIGINT NOT NULL,
	available BIGINT NOT NULL,
	sold BIGINT NOT NULL,
	returned BIGINT NOT NULL,
	written_off BIGINT NOT NULL,
	soft_percent INTEGER NOT NULL,
	max_age_days INTEGER NOT NULL,
	CONSTRAINT pk_pools PRIMARY KEY ("right")
);
CREATE TABLE lease_events (
	id TEXT NOT NULL,
	lease TEXT NOT NULL,
	what TEXT NOT NULL,
	amount BIGINT NOT NULL,
	op TEXT,
	at TEXT NOT NULL,
	CONSTRAINT pk_lease_events PRIMARY KEY (id)
);
CREATE INDEX ix_lease_events_lease ON lease_events (lease);
CREATE TABLE coupons (
	id TEXT NOT NULL,
	kind TEXT NOT NULL,
	serial BIGINT NOT NULL,
	state TEXT NOT NULL,
	op TEXT,
	CONSTRAINT pk_coupons PRIMARY KEY (id)
);
CREATE TABLE points (
	id TEXT NOT NULL,
	county TEXT NOT NULL,
	place TEXT NOT NULL,
	name JSON NOT NULL,
	address TEXT NOT NULL,
	profiles JSON NOT NULL,
	CONSTRAINT pk_points PRIMARY KEY (id),
	CONSTRAINT fk_points_county FOREIGN KEY(county) REFERENCES counties (id)
);
CREATE INDEX ix_points_county ON points (county);
CREATE TABLE packs (
	county TEXT NOT NULL,
	number INTEGER NOT NULL,
	version TEXT NOT NULL,
	sha256 TEXT NOT NULL,
	manifest JSON NOT NULL,
	built_at TEXT NOT NULL,
	CONSTRAINT pk_packs PRIMARY KEY (county, number),
	CONSTRAINT fk_packs_county FOREIGN KEY(county) REFERENCES counties (id)
);
CREATE TABLE pack_records (
	county TEXT NOT NULL,
	t TEXT NOT NULL,
	id TEXT NOT NULL,
	position INTEGER NOT NULL,
	line BLOB NOT NULL,
	CONSTRAINT pk_pack_records PRIMARY KEY (county, t, id),
	CONSTRAINT fk_pack_records_county FOREIGN KEY(county) REFERENCES counties (id)
);
CREATE TABLE ledger_postings (
	entry TEXT NOT NULL,
	leg INTEGER NOT NULL,
	account TEXT NOT NULL,
	fen BIGINT NOT NULL,
	CONSTRAINT pk_ledger_postings PRIMARY KEY (entry, leg),
	CONSTRAINT fk_ledger_postings_entry FOREIGN KEY(entry) REFERENCES ledger_entries ("key")
);
CREATE INDEX ix_ledger_postings_account ON ledger_postings (account);
CREATE TABLE cases (
	id TEXT NOT NULL,
	number TEXT NOT NULL,
	county TEXT NOT NULL,
	op TEXT NOT NULL,
	terminal TEXT NOT NULL,
	point TEXT NOT NULL,
	kind TEXT NOT NULL,
	reason TEXT NOT NULL,
	opened TEXT NOT NULL,
	state TEXT NOT NULL,
	rev INTEGER NOT NULL,
	owes JSON NOT NULL,
	facts JSON NOT NULL,
	closed TEXT,
	closed_by TEXT,
	CONSTRAINT pk_cases PRIMARY KEY (id),
	CONSTRAINT uq_cases_number UNIQUE (number),
	CONSTRAINT fk_cases_county FOREIGN KEY(county) REFERENCES counties (id)
);
CREATE INDEX ix_cases_open ON cases (county, opened) WHERE state = 'open';
CREATE INDEX ix_cases_county ON cases (county);
CREATE TABLE accounts (
	biller TEXT NOT NULL,
	account TEXT NOT NULL,
	CONSTRAINT pk_accounts PRIMARY KEY (biller, account),
	CONSTRAINT fk_accounts_biller FOREIGN KEY(biller) REFERENCES billers (id)
);
CREATE TABLE bills (
	id TEXT NOT NULL,
	file TEXT NOT NULL,
	biller TEXT NOT NULL,
	account TEXT NOT NULL,
	period TEXT NOT NULL,
	amount_fen BIGINT NOT NULL,
	state TEXT NOT NULL,
	paid_op TEXT,
	paid_at TEXT,
	CONSTRAINT pk_bills PRIMARY KEY (id),
	CONSTRAINT fk_bills_biller FOREIGN KEY(biller) REFERENCES billers (id)
);
CREATE INDEX ix_bills_account ON bills (biller, account);
CREATE TABLE payments (
	op TEXT NOT NULL,
	biller TEXT NOT NULL,
	account TEXT NOT NULL,
	bill TEXT,
	amount_fen BIGINT NOT NULL,
	state TEXT NOT NULL,
	at TEXT NOT NULL,
	CONSTRAINT pk_payments PRIMARY KEY (op),
	CONSTRAINT fk_payments_biller FOREIGN KEY(biller) REFERENCES billers (id)
);
CREATE TABLE good_prices (
	good TEXT NOT NULL,
	since TEXT NOT NULL,
	price_fen BIGINT NOT NULL,
	CONSTRAINT pk_good_prices PRIMARY KEY (good, since),
	CONSTRAINT fk_good_prices_good FOREIGN KEY(good) REFERENCES goods (id)
);
CREATE TABLE order_lines (
	op TEXT NOT NULL,
	n INTEGER NOT NULL,
	good TEXT NOT NULL,
	qty INTEGER NOT NULL,
	price_fen BIGINT NOT NULL,
	reserved BOOLEAN NOT NULL,
	CONSTRAINT pk_order_lines PRIMARY KEY (op, n),
	CONSTRAINT fk_order_lines_op FOREIGN KEY(op) REFERENCES orders (op),
	CONSTRAINT fk_order_lines_good FOREIGN KEY(good) REFERENCES goods (id)
);
CREATE TABLE leases (
	id TEXT NOT NULL,
	"right" TEXT NOT NULL,
	point TEXT NOT NULL,
	terminal TEXT NOT NULL,
	incarnation INTEGER NOT NULL,
	start_seq BIGINT NOT NULL,
	unit TEXT NOT NULL,
	amount BIGINT NOT NULL,
	spent BIGINT NOT NULL,
	returned BIGINT NOT NULL,
	rev INTEGER NOT NULL,
	soft BIGINT NOT NULL,
	hard BIGINT NOT NULL,
	max_age_days INTEGER NOT NULL,
	detail JSON NOT NULL,
	issued TEXT NOT NULL,
	state TEXT NOT NULL,
	CONSTRAINT pk_leases PRIMARY KEY (id),
	CONSTRAINT fk_leases_right FOREIGN KEY("right") REFERENCES pools ("right")
);
CREATE INDEX ix_leases_right ON leases ("right", point);
CREATE INDEX ix_leases_terminal ON leases (terminal, "right");
CREATE TABLE redemptions (
	op TEXT NOT NULL,
	coupon TEXT,
	kind TEXT NOT NULL,
	order_op TEXT NOT NULL,
	value_fen BIGINT NOT NULL,
	lease TEXT,
	state TEXT NOT NULL,
	case_id TEXT,
	at TEXT NOT NULL,
	CONSTRAINT pk_redemptions PRIMARY KEY (op),
	CONSTRAINT fk_redemptions_coupon FOREIGN KEY(coupon) REFERENCES coupons (id)
);
CREATE INDEX ix_redemptions_order_op ON redemptions (order_op);
CREATE INDEX ix_redemptions_case_id ON redemptions (case_id);
CREATE TABLE terminals (
	id TEXT NOT NULL,
	point TEXT NOT NULL,
	county TEXT NOT NULL,
	profile TEXT NOT NULL,
	incarnation INTEGER NOT NULL,
	enrolled_at TEXT NOT NULL,
	last_change BIGINT NOT NULL,
	heartbeat JSON,
	heartbeat_at TEXT,
	CONSTRAINT pk_terminals PRIMARY KEY (id),
	CONSTRAINT fk_terminals_point FOREIGN KEY(point) REFERENCES points (id),
	CONSTRAINT fk_terminals_county FOREIGN KEY(county) REFERENCES counties (id)
);
CREATE INDEX ix_terminals_county ON terminals (county);
CREATE TABLE operators (
	county TEXT NOT NULL,
	id TEXT NOT NULL,
	point TEXT,
	name TEXT NOT NULL,
	roles JSON NOT NULL,
	verifier TEXT NOT NULL,
	must_change BOOLEAN NOT NULL,
	active BOOLEAN NOT NULL,
	rev INTEGER NOT NULL,
	CONSTRAINT pk_operators PRIMARY KEY (county, id),
	CONSTRAINT fk_operators_county FOREIGN KEY(county) REFERENCES counties (id),
	CONSTRAINT fk_operators_point FOREIGN KEY(point) REFERENCES points (id)
);
CREATE TABLE allotments (
	"right" TEXT NOT NULL,
	point TEXT NOT NULL,
	first BIGINT NOT NULL,
	ceiling BIGINT NOT NULL,
	next_serial BIGINT,
	last_serial BIGINT,
	CONSTRAINT pk_allotments PRIMARY KEY ("right", point),
	CONSTRAINT fk_allotments_right FOREIGN KEY("right") REFERENCES pools ("right"),
	CONSTRAINT fk_allotments_point FOREIGN KEY(point) REFERENCES points (id)
);
CREATE TABLE incarnations (
	terminal TEXT NOT NULL,
	incarnation INTEGER NOT NULL,
	kid TEXT NOT NULL,
	jwk JSON NOT NULL,
	high_water BIGINT NOT NULL,
	chain BLOB NOT NULL,
	acked BIGINT NOT NULL,
	closed_at TEXT,
	quarantined_at TEXT,
	evidence JSON,
	CONSTRAINT pk_incarnations PRIMARY KEY (terminal, incarnation),
	CONSTRAINT fk_incarnations_terminal FOREIGN KEY(terminal) REFERENCES terminals (id)
);
CREATE INDEX ix_incarnations_kid ON incarnations (kid);
CREATE TABLE enrolment_codes (
	secret_sha256 TEXT NOT NULL,
	county TEXT NOT NULL,
	profile TEXT NOT NULL,
	terminal TEXT,
	created_at TEXT NOT NULL,
	expires_at TEXT NOT NULL,
	used_at TEXT,
	used_kid TEXT,
	answer JSON,
	CONSTRAINT pk_enrolment_codes PRIMARY KEY (secret_sha256),
	CONSTRAINT fk_enrolment_codes_county FOREIGN KEY(county) REFERENCES counties (id),
	CONSTRAINT fk_enrolment_codes_terminal FOREIGN KEY(terminal) REFERENCES terminals (id)
);
CREATE TABLE change_items (
	terminal TEXT NOT NULL,
	n BIGINT NOT NULL,
	t TEXT NOT NULL,
	body JSON NOT NULL,
	at TEXT NOT NULL,
	CONSTRAINT pk_change_items PRIMARY KEY (terminal, n),
	CONSTRAINT fk_change_items_terminal FOREIGN KEY(terminal) REFERENCES terminals (id)
);
CREATE TABLE operations (
	terminal TEXT NOT NULL,
	incarnation INTEGER NOT NULL,
	seq BIGINT NOT NULL,
	op TEXT NOT NULL,
	kind TEXT NOT NULL,
	header BLOB NOT NULL,
	payload BLOB NOT NULL,
	link BLOB NOT NULL,
	dep TEXT,
	sup TEXT,
	outcome TEXT NOT NULL,
	reason TEXT,
	case_id TEXT,
	rev INTEGER NOT NULL,
	facts JSON NOT NULL,
	received_at TEXT NOT NULL,
	settled_at TEXT,
	CONSTRAINT pk_operations PRIMARY KEY (terminal, incarnation, seq),
	CONSTRAINT fk_operations_terminal FOREIGN KEY(terminal, incarnation) REFERENCES incarnations (terminal, incarnation)
);
CREATE INDEX ix_operations_review ON operations (terminal, incarnation, seq) WHERE outcome = 'review';
CREATE INDEX ix_operations_dep ON operations (dep) WHERE dep IS NOT NULL;
CREATE INDEX ix_operations_op ON operations (op);
CREATE INDEX ix_operations_sup ON operations (sup) WHERE sup IS NOT NULL;
