"""A span ends inside its text: a check over two tables, which in PostgreSQL is a trigger."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION reports_statement_inside_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW."end" > (SELECT length FROM reports_text WHERE id = NEW.text_id) THEN
        RAISE EXCEPTION 'span % to % of a statement ends outside text %', NEW.start, NEW."end", NEW.text_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'statement_inside_text';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER statement_inside_text BEFORE INSERT OR UPDATE ON reports_statement
    FOR EACH ROW EXECUTE FUNCTION reports_statement_inside_text();

CREATE FUNCTION reports_claim_span_inside_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW."end" > (SELECT t.length FROM reports_text t JOIN reports_claim c ON c.text_id = t.id WHERE c.id = NEW.claim_id)
    THEN
        RAISE EXCEPTION 'span % to % of claim % ends outside its text', NEW.start, NEW."end", NEW.claim_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'claim_span_inside_text';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claim_span_inside_text BEFORE INSERT OR UPDATE ON reports_claimspan
    FOR EACH ROW EXECUTE FUNCTION reports_claim_span_inside_text();
"""

BACKWARD = """
DROP TRIGGER claim_span_inside_text ON reports_claimspan;
DROP FUNCTION reports_claim_span_inside_text();
DROP TRIGGER statement_inside_text ON reports_statement;
DROP FUNCTION reports_statement_inside_text();
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_first_light")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
